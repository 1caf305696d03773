namespace Aspire.Hosting;

/// <summary>What is being done with the model.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions? _options;

    /// <summary>Makes the context.</summary>
    /// <param name="operation">What is being done.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(operation, "manifest")
    {
    }

    /// <summary>Makes the context.</summary>
    /// <param name="operation">What is being done.</param>
    /// <param name="publisherName">Who publishes.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
        => (Operation, PublisherName) = (operation, publisherName);

    /// <summary>Makes the context.</summary>
    /// <param name="options">What is being done.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
        : this(options.Operation, options.PublisherName ?? "manifest")
        => _options = options;

    /// <summary>What is being done.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>Who publishes.</summary>
    public string PublisherName { get; set; }

    /// <summary>Whether the application runs here.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether the application is being published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">The application has not been built.</exception>
    public IServiceProvider Services => _options?.Services
        ?? throw new InvalidOperationException("IServiceProvider is not available because the container has not yet been built.");

    /// <summary>The application's services.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider => Services;
}

/// <summary>What is being done with the model.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>Makes the options.</summary>
    /// <param name="operation">What is being done.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    /// <summary>Makes the options.</summary>
    /// <param name="operation">What is being done.</param>
    /// <param name="publisherName">Who publishes.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName)
        => (Operation, PublisherName) = (operation, publisherName);

    /// <summary>What is being done.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>Who publishes.</summary>
    public string? PublisherName { get; }

    /// <summary>The application's services, once it is built.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>The application's services, once it is built.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider? ServiceProvider
    {
        get => Services;
        set => Services = value;
    }
}

/// <summary>What is being done with the model.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>It runs here.</summary>
    Run,

    /// <summary>It is published.</summary>
    Publish,
}
