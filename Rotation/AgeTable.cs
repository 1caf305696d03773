using System.Globalization;
using EmbedStack.Rotation.Stack;

namespace EmbedStack.Rotation;

/// <summary>The names and how old the values are; never a value.</summary>
internal static class AgeTable
{
    public static void Print(RunningStack stack, TextWriter output, DateTime now)
    {
        foreach (var secret in RotatingSecret.All)
        {
            var since = stack.FilesOf(secret.Name).Max(file => file.Since);
            var note = stack.Unfinished.Has(secret.Name) ? $"half rotated. Next: ./embedstack rotate {secret.Name}" : "";
            output.WriteLine($"  {secret.Name,-36} {Text(now - since),-12} {note}".TrimEnd());
        }
    }

    private static string Text(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Days} d {age.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Hours} h {age.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.Minutes)} min"),
    };
}
