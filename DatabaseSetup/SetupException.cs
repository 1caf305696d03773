using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.DatabaseSetup;

/// <inheritdoc/>
internal sealed class SetupException(string message, Exception? inner = null) : JobException(message, inner);
