using EmbedStack.Api.Http;
using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.GuestTokens;

/// <summary>How the Api makes itself known to Superset.</summary>
internal sealed record SupersetSettings(string IngressSecret, string Username, SecretFile Password)
{
    public const string Service = "superset";
    public const string IngressHeader = "X-Superset-Ingress";

    public static SupersetSettings From(IConfiguration configuration) => new(
        configuration.GetRequired<string>("SUPERSET_INGRESS_SECRET"),
        configuration.GetRequired<string>("SERVICE_ACCOUNT_USERNAME"),
        SecretFile.From(configuration, "SERVICE_ACCOUNT_PASSWORD_FILE"));

    public override string ToString() => Username;
}
