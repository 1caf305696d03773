using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

/// <summary>What must be in order before a guest's refusal says anything new.</summary>
internal static class Readable
{
    /// <exception cref="NotExaminedException">The token is not taken, or the guests' role lacks permissions: others tell of it.</exception>
    public static async Task EnsureAsync(StackPatient stack, Mint mint)
    {
        if (GuestRoleLacksPermissions.MissingOf(await stack.Contents).Any())
        {
            throw new NotExaminedException("the guests' role lacks permissions");
        }

        if ((await stack.Embed.GetAsync("api/v1/me/roles/", mint.Shown)).Status != 200)
        {
            throw new NotExaminedException("guest tokens are refused");
        }
    }
}
