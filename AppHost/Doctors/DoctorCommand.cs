using EmbedStack.Doctor;
using EmbedStack.Doctor.Report;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.AppHost.Doctors;

/// <summary>The dashboard's command <i>Doctor</i>.</summary>
internal static class DoctorCommand
{
    public static IResourceBuilder<ISupersetResource> WithDoctorCommand(this IResourceBuilder<ISupersetResource> superset, StackToExamine stack) =>
        superset.WithCommand(
            "doctor",
            "Doctor",
            async context =>
            {
                try
                {
                    var patient = await stack.FindAsync(context.Services, context.CancellationToken);
                    var report = new ExaminationReport(patient, await Examination.OfAsync(patient, context.CancellationToken), DoctorPage.Default);
                    return report.IsHealthy
                        ? CommandResults.Success(report.Summary(), report.Table(), CommandResultFormat.Text)
                        : CommandResults.Failure(report.Summary(), report.Table(), CommandResultFormat.Text);
                }
                catch (Exception problem) when (problem is DistributedApplicationException or JobException or OperationCanceledException)
                {
                    return CommandResults.Failure(problem.Message);
                }
            },
            new CommandOptions
            {
                Description = "Examines the stack for what embedding is known to fail by, and says cause and fix. It changes nothing.",
                IconName = "Stethoscope",
                // Most wanted where something does not run.
                UpdateState = _ => ResourceCommandState.Enabled,
            });
}
