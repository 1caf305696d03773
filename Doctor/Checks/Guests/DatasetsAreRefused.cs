using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class DatasetsAreRefused() : StackCheck(
    "dashboard-datasets",
    "The frame stays at its spinner: /api/v1/dashboard/ID/datasets answers 403 or 404.",
    "Superset 6.0 does not catch a chart whose dataset is gone; or the guest's token is not taken there.",
    "Use Superset 6.0.1 or later; take charts off the dashboard whose dataset was deleted.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var ids = (await stack.Contents).Published.Where(id => id.Kind == "dashboard").ToDictionary(id => id.Key, id => id.Id);
        List<string> seen = [];
        foreach (var mint in (await stack.Guests.WithTokensAsync()).Where(mint => ids.ContainsKey(mint.Key)))
        {
            await Readable.EnsureAsync(stack, mint);
            var answer = await stack.Embed.GetAsync($"api/v1/dashboard/{ids[mint.Key]}/datasets", mint.Shown);
            if (answer.Status != 200)
            {
                seen.Add($"the datasets of '{mint.Key}' were answered {answer.Status} {answer.Problem}".TrimEnd());
            }
        }

        return Verdict.Of(seen);
    }
}
