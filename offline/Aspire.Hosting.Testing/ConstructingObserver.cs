using System.Diagnostics;

namespace Aspire.Hosting.Testing;

/// <summary>Changes the options of a builder that is made on this thread.</summary>
internal sealed class ConstructingObserver(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> constructing)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<IDisposable> _subscriptions = [];

    public T Observe<T>(Func<T> make)
    {
        using var subscription = DiagnosticListener.AllListeners.Subscribe(this);
        return make();
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Aspire.Hosting")
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (Environment.CurrentManagedThreadId == _thread && value.Key == "DistributedApplicationBuilderConstructing")
        {
            var (options, settings) = ((DistributedApplicationOptions, HostApplicationBuilderSettings))value.Value!;
            constructing(options, settings);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }
}
