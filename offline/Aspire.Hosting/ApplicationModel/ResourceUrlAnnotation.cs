using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that the dashboard shows.</summary>
[DebuggerDisplay("Url = {Url}, DisplayText = {DisplayText}")]
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>Its place among the resource's addresses; higher comes first.</summary>
    public int? DisplayOrder;

    /// <summary>The address.</summary>
    public required string Url { get; set; }

    /// <summary>The text shown instead.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint it belongs to; its address is active while the endpoint is.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }

    internal ResourceUrlAnnotation For(EndpointReference endpoint) => new()
    {
        Url = Url,
        DisplayText = DisplayText,
        DisplayOrder = DisplayOrder,
        DisplayLocation = DisplayLocation,
        Endpoint = endpoint,
    };
}

/// <summary>Where the dashboard shows an address.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the table and in the details.</summary>
    SummaryAndDetails,

    /// <summary>In the details.</summary>
    DetailsOnly,
}
