namespace EmbedStack.Api.GuestTokens;

/// <summary>A row-level rule of a guest token: what of a dataset its holder sees.</summary>
internal sealed record RowRule(string Dataset, int DatasetId, string Clause);
