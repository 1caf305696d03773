#pragma warning disable ASPIRECERTIFICATES001 // Superset's Python does not trust the development certificate that Redis would have.

var builder = DistributedApplication.CreateBuilder(args);

var key = builder.AddParameter("superset-secret-key", new GenerateParameterDefault { MinLength = 42, Special = false }, secret: true, persist: true);
var metadata = builder.AddPostgres("postgres").WithImageTag("15.20").AddDatabase("superset-db");
var redis = builder.AddRedis("redis").WithImageTag("7.0.15").WithoutHttpsCertificate();

var upgrade = builder.AddSupersetBootstrap("superset-upgrade", key, "superset", "db", "upgrade")
    .WithDockerfile("superset")
    .WithMetadataDatabase(metadata)
    .WithCache(redis)
    .WaitFor(metadata);

builder.AddSuperset("superset", key)
    .WithDockerfile("superset")
    .WithBootstrap(upgrade)
    .WithMetadataDatabase(metadata)
    .WithCache(redis)
    .WaitFor(redis);

builder.Build().Run();
