namespace EmbedStack.AppHost.Tests.Leak.Questions;

internal enum QuestionKind
{
    Chart,
    FilterValues,
    Detail,
    DrillBy,
    Export,
}
