namespace EmbedStack.Api.Tests.Stack;

internal static class Eventually
{
    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(15);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Waited 15 s in vain: {what}.");
            await Task.Delay(50);
        }
    }
}
