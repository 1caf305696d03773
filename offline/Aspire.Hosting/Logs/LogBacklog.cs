using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one resource instance, and who reads them.</summary>
internal sealed class LogBacklog(string name, Action<LogSubscriber> onSubscribers)
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _readers = [];
    private int _lastLineNumber;
    private bool _completed;

    internal string Name { get; } = name;

    internal bool HasSubscribers
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count > 0;
            }
        }
    }

    internal void Add(string content, bool isError)
    {
        lock (_gate)
        {
            var line = new LogLine(++_lastLineNumber, content, isError);
            _lines.Enqueue(line);
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }

            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(line);
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
            _lastLineNumber = 0;
        }
    }

    internal void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _readers.ForEach(r => r.Writer.TryComplete());
        }
    }

    internal LogLine[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    internal async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                channel.Writer.TryWrite(line);
            }

            if (_completed)
            {
                channel.Writer.TryComplete();
            }

            _readers.Add(channel);
            if (_readers.Count == 1)
            {
                onSubscribers(new LogSubscriber(Name, true));
            }
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _readers.Remove(channel);
                if (_readers.Count == 0)
                {
                    onSubscribers(new LogSubscriber(Name, false));
                }
            }
        }
    }
}
