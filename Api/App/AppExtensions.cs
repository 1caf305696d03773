using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;

namespace EmbedStack.Api.App;

/// <summary>The built app, served beside the Api that it asks.</summary>
internal static class AppExtensions
{
    private const string Page = "/index.html";
    private static readonly PathString[] NotPages = ["/api", "/bff", "/openapi", "/assets", "/health", "/alive"];

    public static IServiceCollection AddApp(this IServiceCollection services) => services
        .AddSingleton(provider => AppSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<AppHeaders>()
        // Compressed are the app's public files alone, which hold nothing to be guessed by their size.
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        })
        // By default they are packed as fast as can be: a browser fetches them once, and waits for each byte.
        .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal)
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);

    /// <summary>
    /// Answers with the app's files, and with its page for every address that is no file and not the Api's: the page knows
    /// its own addresses. No session is looked at.
    /// </summary>
    public static IApplicationBuilder UseApp(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<AppSettings>().Directory is not { } directory)
        {
            return app;
        }

        var headers = app.ApplicationServices.GetRequiredService<AppHeaders>();
        var files = new PhysicalFileProvider(directory);
        return app.UseWhen(
            context => IsRead(context.Request) && (IsPage(context.Request.Path) || files.GetFileInfo(context.Request.Path).Exists),
            branch => branch
                .Use((context, next) =>
                {
                    context.Request.Path = IsPage(context.Request.Path) ? Page : context.Request.Path;
                    return next(context);
                })
                .UseResponseCompression()
                .UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = answer => headers.Apply(answer.Context) }));
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsPage(PathString path) => !Path.HasExtension(path) && !NotPages.Any(prefix => path.StartsWithSegments(prefix));
}
