namespace EmbedStack.Api.Alarms;

/// <summary>The alarms that there are. Their names are part of the contract.</summary>
internal static class AlarmKind
{
    public const string RepeatedFailures = "repeated_failures";
    public const string CrossTenantAttempt = "cross_tenant_attempt";
    public const string UncoveredDataset = "uncovered_dataset";
    public const string TokenRate = "token_rate";
    public const string TwoNetworks = "two_networks";
    public const string TwoCountries = "two_countries";
    public const string TokenLifetime = "token_lifetime";
    public const string SecretOverdue = "secret_overdue";
}
