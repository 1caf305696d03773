namespace Aspire.Hosting.Testing;

/// <summary>Makes builders of applications under test.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Makes a builder of an application that the test adds resources to.</summary>
    /// <param name="args">The application's arguments.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>Makes a builder of an application that the test adds resources to.</summary>
    /// <param name="args">The application's arguments.</param>
    /// <param name="configureBuilder">Changes the builder's options.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        Arguments.ThrowIfNullOrEmpty(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return new StandaloneTestingBuilder(args, configureBuilder);
    }

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, <c>Projects.AppHost</c> for example.</typeparam>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, <c>Projects.AppHost</c> for example.</typeparam>
    /// <param name="args">The AppHost's arguments; they become configuration.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, <c>Projects.AppHost</c> for example.</typeparam>
    /// <param name="args">The AppHost's arguments; they become configuration.</param>
    /// <param name="configureBuilder">Changes the builder's options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
        => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default)
        => CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The AppHost's arguments; they become configuration.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, CancellationToken cancellationToken = default)
        => CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Runs an AppHost's entry point until it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The AppHost's arguments; they become configuration.</param>
    /// <param name="configureBuilder">Changes the builder's options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The AppHost's builder, with everything that the AppHost added.</returns>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        Arguments.ThrowIfNullOrEmpty(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);

        var factory = new SuspendedFactory(entryPoint, args, configureBuilder);
        return new SuspendedTestingBuilder(factory, await factory.ResolveBuilderAsync(cancellationToken));
    }
}
