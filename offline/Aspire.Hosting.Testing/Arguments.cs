namespace Aspire.Hosting.Testing;

/// <summary>Checks an AppHost's arguments.</summary>
internal static class Arguments
{
    public static void ThrowIfNullOrEmpty(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("An argument is null or empty.", nameof(args));
        }
    }
}
