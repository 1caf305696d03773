namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>In which ways guests come to rows.</summary>
internal static class DataAccessWay
{
    public const string Chart = "chart";
    public const string Export = "export";
    public const string Rows = "rows";
}
