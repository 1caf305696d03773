using EmbedStack.Doctor;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Report;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;

// Called by ./embedstack, which explains the command and checks its options.
if (CommandLine.Parse(args) is not { } asked)
{
    Console.Error.WriteLine("embedstack: doctor takes --json and --superset URL. Next: ./embedstack doctor --help");
    return ExitCode.WrongUsage;
}

var exitCode = ExitCode.NotExamined;
var ended = await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Doctor", "stopped; nothing was changed"),
    [],
    async (environment, stopping) =>
    {
        var configuration = new ConfigurationBuilder()
            .AddUserSecrets(typeof(Examination).Assembly, optional: true)
            .AddConfiguration(environment)
            .Build();
        Patient patient = asked.Superset is { } address
            ? new AnySuperset(address, Required(configuration, "EMBEDSTACK_SUPERSET_USERNAME"), Required(configuration, "EMBEDSTACK_SUPERSET_PASSWORD"), PeerClient.Create())
            : new RunningStack(configuration).Find();
        var examined = await Examination.OfAsync(patient, stopping);
        var report = new ExaminationReport(patient, examined, configuration["Doctor:Page"] ?? DoctorPage.Default);
        Console.Write(asked.Json ? report.Json() : report.Table());
        exitCode = ExitCode.Of(examined);
    });
return ended == 0 ? exitCode : ExitCode.NotExamined;

static string Required(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value
    ? value
    : throw new JobException($"{name} is not set: --superset takes name and password from the environment");
