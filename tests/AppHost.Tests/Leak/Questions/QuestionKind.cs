namespace EmbedStack.AppHost.Tests.Leak.Questions;

internal enum QuestionKind
{
    Chart,
    FilterValues,
    Detail,
    NextDetail,
    DrillBy,
    Export,
    Spreadsheet,
}
