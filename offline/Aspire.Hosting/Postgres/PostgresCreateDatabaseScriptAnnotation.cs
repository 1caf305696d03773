namespace Aspire.Hosting.Postgres;

internal sealed class PostgresCreateDatabaseScriptAnnotation(string script) : IResourceAnnotation
{
    internal string Script => script;
}
