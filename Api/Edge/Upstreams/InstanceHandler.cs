using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>
/// Sends a request to an instance of Superset, and where it has no answer once more to another: what never went out, and what
/// may be sent twice. All of it is within the time that the caller gives.
/// </summary>
internal sealed class InstanceHandler(SupersetInstances instances) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var first = instances.Next();
        try
        {
            return await SendAsync(request, first, cancellationToken);
        }
        catch (HttpRequestException away) when (instances.All.Count > 1 && !cancellationToken.IsCancellationRequested && MayRepeat(request, away))
        {
            return await SendAsync(request, instances.Next(but: first), cancellationToken);
        }
    }

    private static bool MayRepeat(HttpRequestMessage request, HttpRequestException away) =>
        away.HttpRequestError == HttpRequestError.ConnectionError || request.IsSafeToRepeat();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, SupersetInstance instance, CancellationToken cancellationToken)
    {
        request.RequestUri = instance.AddressOf(request.RequestUri!);
        // What may have been acted upon waits for its own answer, and as long as there may be one.
        var hangs = request.IsSafeToRepeat() ? instance.Hangs : CancellationToken.None;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hangs);
        instance.Begin();
        try
        {
            var answer = await base.SendAsync(request, attempt.Token);
            instance.Answered();
            return answer;
        }
        catch (HttpRequestException away)
        {
            instances.Leave(instance, away.Message);
            throw;
        }
        catch (OperationCanceledException given) when (!cancellationToken.IsCancellationRequested)
        {
            instances.Leave(instance, given.Message);
            // Else no connection was made in time.
            throw new HttpRequestException(
                hangs.IsCancellationRequested ? HttpRequestError.ResponseEnded : HttpRequestError.ConnectionError, "This instance does not answer.", given);
        }
        finally
        {
            instance.End();
        }
    }
}
