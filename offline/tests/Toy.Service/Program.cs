// A web service that tells about its own process, and is as healthy as it is told to be.
var app = WebApplication.CreateBuilder(args).Build();
var healthy = app.Configuration.GetValue("HEALTHY", true);

app.MapGet("/", () => Results.Text(Environment.GetEnvironmentVariable("GREETING") ?? "hello"));
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/env/{name}", (string name) => Results.Text(Environment.GetEnvironmentVariable(name) ?? ""));
app.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
app.MapPost("/health/{value:bool}", (bool value) => healthy = value);

app.Run();
