namespace EmbedStack.Doctor.Checks;

/// <summary>A check needs what is not to be had; which of the others says why.</summary>
/// <param name="why">One line without secrets.</param>
internal sealed class NotExaminedException(string why) : Exception(why);
