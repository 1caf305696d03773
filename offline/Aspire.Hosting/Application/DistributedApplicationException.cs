namespace Aspire.Hosting;

/// <summary>The application cannot go on.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why.</param>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why.</param>
    /// <param name="inner">What caused it.</param>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A parameter has no value.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which.</param>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which.</param>
    /// <param name="innerException">What caused it.</param>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
