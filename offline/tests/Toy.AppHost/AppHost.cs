var builder = DistributedApplication.CreateBuilder(args);

if (builder.Configuration["Fail"] is { } reason)
{
    throw new InvalidOperationException(reason);
}

var service = builder.AddProject<Projects.Toy_Service>("service")
    .WithHttpEndpoint()
    .WithEnvironment("GREETING", builder.Configuration["Greeting"] ?? "hello")
    .WithHttpHealthCheck("/health");

builder.AddExecutable("sleeper", "sh", ".", "-c", "exec sleep 600")
    .WithReference(service)
    .WaitFor(service);

// Does not end when it is asked to.
builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; while :; do sleep 1; done");

builder.Build().Run();
