namespace EmbedStack.DatabaseSetup;

/// <summary>A problem whose message alone tells the person at the terminal what to do.</summary>
internal sealed class SetupException(string message, Exception? inner = null) : Exception(message, inner);
