using System.Collections.Concurrent;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>What is read once a stack and key, by whoever asks first; the others wait for that one reading.</summary>
internal sealed class Once<TKey, T>(Func<StackFixture, TKey, Task<T>> read)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<(StackFixture Stack, TKey Key), Lazy<Task<T>>> known = new();

    public Task<T> OfAsync(StackFixture stack, TKey key) => known.GetOrAdd((stack, key), asked => new(() => read(asked.Stack, asked.Key))).Value;
}

/// <inheritdoc cref="Once{TKey, T}"/>
internal sealed class Once<T>(Func<StackFixture, Task<T>> read)
{
    private readonly Once<int, T> only = new((stack, _) => read(stack));

    public Task<T> OfAsync(StackFixture stack) => only.OfAsync(stack, 0);
}
