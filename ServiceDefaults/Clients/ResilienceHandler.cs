using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>Sends through a resilience pipeline and reports what it gives up on as <see cref="HttpRequestException"/>.</summary>
internal sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ResiliencePipelines.SafeToRepeat, request.IsSafeToRepeat());
        try
        {
            return await pipeline.ExecuteAsync(
                async (attempt, state) => await state.Handler.SendOnceAsync(state.Request, attempt.CancellationToken).ConfigureAwait(false),
                context,
                (Handler: this, Request: request)).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"No answer within {exception.Timeout.TotalSeconds:0.#} s.", exception);
        }
        catch (BrokenCircuitException exception)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The service kept failing; the circuit is open.", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false); // so that the try's time bounds the body too
        return response;
    }
}
