using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Parameters;

/// <summary>A default that is kept in user secrets once it has been made.</summary>
internal sealed class UserSecretsParameterDefault(string parameterName, ParameterDefault inner, UserSecrets secrets) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();
        secrets.TrySet($"Parameters:{parameterName}", value);
        return value;
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}

/// <summary>A default that is given.</summary>
internal sealed class GivenParameterDefault(Func<string> value) : ParameterDefault
{
    public override string GetDefaultValue() => value();

    public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException("Publishing needs Aspire's own packages.");
}
