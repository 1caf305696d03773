using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>
/// Sends a request to an instance of Superset, and where it has no answer once more to another: what never went out, and what
/// may be sent twice. All of it is within the time that the caller gives. What may not be sent again after it is marked so.
/// </summary>
internal sealed class InstanceHandler(SupersetInstances instances) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (instances.All.Count == 1)
        {
            request.MarkNotToRepeat(); // of whom?
        }

        var first = await instances.EnterAsync(but: null, cancellationToken);
        try
        {
            return await SendAsync(request, first, cancellationToken);
        }
        catch (HttpRequestException away) when (instances.All.Count > 1 && !cancellationToken.IsCancellationRequested && MayRepeat(request, away))
        {
            if (!NeverWentOut(away))
            {
                request.MarkNotToRepeat();
            }

            return await SendAsync(request, await instances.EnterAsync(but: first, cancellationToken), cancellationToken);
        }
    }

    private static bool MayRepeat(HttpRequestMessage request, HttpRequestException away) => NeverWentOut(away) || request.IsSafeToRepeat();

    private static bool NeverWentOut(HttpRequestException away) =>
        away.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, SupersetInstance instance, CancellationToken cancellationToken)
    {
        request.RequestUri = instance.AddressOf(request.RequestUri!);
        // What may have been acted upon waits for its own answer, and as long as there may be one.
        var hangs = request.IsSafeToRepeat() ? instance.Hangs : CancellationToken.None;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hangs);
        try
        {
            var answer = await base.SendAsync(request, attempt.Token);
            instances.Answered(instance, isWell: (int)answer.StatusCode < StatusCodes.Status500InternalServerError);
            return answer;
        }
        catch (HttpRequestException away)
        {
            instances.Leave(instance, away.Message);
            throw;
        }
        catch (OperationCanceledException given) when (!cancellationToken.IsCancellationRequested && hangs.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "This instance does not answer.", given);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            instances.Leave(instance, late.Message);
            throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection was made in time.", late);
        }
        finally
        {
            instances.Release(instance);
        }
    }
}
