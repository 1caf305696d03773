using Aspire.Hosting.Parameters;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The value of a parameter that configuration does not have.</summary>
public abstract class ParameterDefault
{
    /// <summary>Makes the value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();

    /// <summary>Writes the default into a manifest.</summary>
    /// <param name="context">The manifest.</param>
    public abstract void WriteToManifest(ManifestPublishingContext context);
}

/// <summary>A random text.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    /// <summary>The length; more where the parts below ask for more.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether lower case letters are used.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper case letters are used.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits are used.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether other characters are used.</summary>
    public bool Special { get; set; } = true;

    /// <summary>The least number of lower case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>The least number of upper case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>The least number of digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>The least number of other characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue() => RandomText.Generate(this);

    /// <inheritdoc />
    public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException("Publishing needs Aspire's own packages.");
}
