using System.Diagnostics;
using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's entry point in this process, on a thread of its own, and tells what its builder does there. The
/// builder says so by diagnostic events; runs at the same time are told apart by the flow of execution.
/// </summary>
internal sealed class EntryPointRun(Assembly assembly, string[] args) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<EntryPointRun?> _current = new();
    private readonly List<IDisposable> _subscriptions = [];
    private bool _ended;

    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? Constructing { get; init; }

    public Action<DistributedApplicationBuilder>? Constructed { get; init; }

    public Action<DistributedApplicationBuilder>? Building { get; init; }

    public Action<DistributedApplication>? Built { get; init; }

    public Action<Exception?>? Ended { get; init; }

    public void Start()
    {
        var entryPoint = assembly.EntryPoint
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
        Keep(DiagnosticListener.AllListeners.Subscribe(this));
        new Thread(() => Run(entryPoint)) { IsBackground = true, Name = $"{assembly.GetName().Name}.EntryPoint" }.Start();
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Aspire.Hosting")
        {
            Keep(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (_current.Value != this)
        {
            return;
        }

        switch (value.Key)
        {
            case "DistributedApplicationBuilderConstructing":
                var (options, settings) = ((DistributedApplicationOptions, HostApplicationBuilderSettings))value.Value!;
                Constructing?.Invoke(options, settings);
                break;
            case "DistributedApplicationBuilderConstructed":
                Constructed?.Invoke((DistributedApplicationBuilder)value.Value!);
                break;
            case "DistributedApplicationBuilding":
                Building?.Invoke((DistributedApplicationBuilder)value.Value!);
                break;
            case "DistributedApplicationBuilt":
                Built?.Invoke((DistributedApplication)value.Value!);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Run(MethodInfo entryPoint)
    {
        _current.Value = this;
        Exception? failure = null;
        try
        {
            entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
        }
        catch (TargetInvocationException exception)
        {
            failure = exception.InnerException ?? exception;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        DisposeSubscriptions();
        Ended?.Invoke(failure);
    }

    // OnNext is called under the lock of all listeners, which the end of a subscription takes too: never inside our own.
    private void Keep(IDisposable subscription)
    {
        lock (_subscriptions)
        {
            if (!_ended)
            {
                _subscriptions.Add(subscription);
                return;
            }
        }

        subscription.Dispose();
    }

    private void DisposeSubscriptions()
    {
        List<IDisposable> ended;
        lock (_subscriptions)
        {
            _ended = true;
            ended = [.. _subscriptions];
        }

        ended.ForEach(subscription => subscription.Dispose());
    }
}
