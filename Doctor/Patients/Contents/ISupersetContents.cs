namespace EmbedStack.Doctor.Patients.Contents;

/// <summary>Reads what stands in Superset's own database.</summary>
internal interface ISupersetContents
{
    /// <exception cref="Checks.NotExaminedException">The database does not let us in.</exception>
    Task<SupersetContents> ReadAsync();
}
