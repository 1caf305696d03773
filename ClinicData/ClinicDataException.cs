using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.ClinicData;

/// <inheritdoc/>
internal sealed class ClinicDataException(string message, Exception? inner = null) : JobException(message, inner);
