using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>Tells of a marked request when the Api has heard that its caller hung up, and when all is done that it asked for.</summary>
internal sealed class RequestWatch : IStartupFilter
{
    public const string Mark = "X-Watched";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private TaskCompletionSource _hungUp = new();
    private TaskCompletionSource _done = new();

    public void Begin() => (_hungUp, _done) =
        (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public Task HungUpAsync() => _hungUp.Task.WaitAsync(Patience);

    public Task DoneAsync() => _done.Task.WaitAsync(Patience);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Headers.ContainsKey(Mark))
            {
                var (hungUp, done) = (_hungUp, _done);
                context.RequestAborted.Register(() => hungUp.TrySetResult());
                context.Response.OnCompleted(() => Task.FromResult(done.TrySetResult()));
            }

            return following(context);
        });
        next(app);
    };
}
