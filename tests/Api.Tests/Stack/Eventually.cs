namespace EmbedStack.Api.Tests.Stack;

internal static class Eventually
{
    // Other tests, and a whole stack, may run beside.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Waited {Patience.TotalSeconds} s in vain: {what}.");
            await Task.Delay(50);
        }
    }
}
