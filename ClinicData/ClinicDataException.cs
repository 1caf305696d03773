namespace EmbedStack.ClinicData;

/// <summary>A problem whose message alone tells the person at the terminal what to do.</summary>
internal sealed class ClinicDataException(string message, Exception? inner = null) : Exception(message, inner);
