namespace EmbedStack.ClinicData.Stores;

/// <summary>Every place that was searched after an erasure, and what is left there.</summary>
/// <param name="Places">One entry a table, schema, database or record.</param>
internal sealed record ErasureProof(IReadOnlyList<Remainder> Places)
{
    public bool NothingLeft => Places.Count > 0 && Places.All(place => place.Left == 0);
}

/// <summary>What is left in one place.</summary>
/// <param name="Place">As <c>database.schema.table</c>, or what kind of thing it is.</param>
/// <param name="Left">Rows, or 1 for a thing that still exists.</param>
internal sealed record Remainder(string Place, long Left);
