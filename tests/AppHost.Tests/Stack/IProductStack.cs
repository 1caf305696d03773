namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>A stack that runs, as far as a browser's test needs to know it.</summary>
internal interface IProductStack
{
    /// <summary>The app's origin.</summary>
    Uri App { get; }

    /// <summary>The value of a parameter of the model, such as a demo user's generated password.</summary>
    Task<string> ParameterAsync(string name);

    /// <summary>State, health and last log lines of each resource, for a failing test's message.</summary>
    string Describe();
}
