namespace EmbedStack.AppHost.Runtime;

/// <summary>Where the backing services run.</summary>
internal enum RuntimeChoice
{
    /// <summary>In containers where that works, else natively.</summary>
    Auto,

    /// <summary>In containers.</summary>
    Container,

    /// <summary>As processes of this machine.</summary>
    Native,
}
