namespace EmbedStack.ClinicData.Stores;

/// <summary>Every place that was searched after an erasure, and what is left there.</summary>
/// <param name="Places">One entry a table, schema, database or record.</param>
internal sealed record ErasureProof(IReadOnlyList<Remainder> Places)
{
    /// <summary>Where something is left that should be gone.</summary>
    public IEnumerable<Remainder> Left => Places.Where(place => place is { Left: > 0, Kept: null });

    /// <summary>Where nobody may look on the product's behalf, so that whatever stood there stands there still.</summary>
    public IEnumerable<Remainder> Unsearched => Places.Where(place => place.Left is null);

    /// <summary>Whether all is gone where it was looked: a proof that looked nowhere proves nothing.</summary>
    public bool NothingLeft => Places.Any(place => place is { Left: not null, Kept: null }) && !Left.Any();
}

/// <summary>What is left in one place.</summary>
/// <param name="Place">As <c>database.schema.table</c>, or what kind of thing it is.</param>
/// <param name="Left">Rows, or 1 for a thing that still exists; null where it was not looked.</param>
/// <param name="Kept">Why it is not erased, where that is meant.</param>
internal sealed record Remainder(string Place, long? Left, string? Kept = null);
