namespace Aspire.Hosting.ApplicationModel;

/// <summary>A parameter that takes a name of the model.</summary>
public interface IModelNameParameter;

/// <summary>A parameter that takes a resource's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute, IModelNameParameter;

/// <summary>A parameter that takes an endpoint's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter;
