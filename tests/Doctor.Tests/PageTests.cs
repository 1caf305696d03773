using System.Text.RegularExpressions;
using EmbedStack.Doctor.Checks.Guests;

namespace EmbedStack.Doctor.Tests;

/// <summary>The doctor's page, and what else must say the same as the doctor.</summary>
public sealed partial class PageTests
{
    private static readonly string Page = Repository.Text(DoctorPage.Default);

    [Fact]
    public void EveryCheckHasItsHeading()
    {
        var headings = Heading().Matches(Page).Select(heading => heading.Groups[1].Value).ToArray();

        Assert.Empty(Examination.Checks.Select(check => check.Slug).Except(headings));
        Assert.Equal(headings.Distinct(), headings);
    }

    [Fact]
    public void EverySymptomHasItsPlaceOnce()
    {
        var numbers = Number().Matches(Page).SelectMany(line => line.Groups[1].Value.Split(", ")).Select(int.Parse).Order();

        Assert.Equal(Enumerable.Range(1, 43), numbers);
    }

    [Fact]
    public void GuestsRolesAreThoseThatTheBootstrapMakes()
    {
        var roles = Repository.Text("SupersetContainer/embedstack/security/roles.py");
        var listed = Pair().Matches(roles[roles.IndexOf("ROLE_PERMISSIONS", StringComparison.Ordinal)..]).Select(pair => $"{pair.Groups[1].Value} on {pair.Groups[2].Value}");

        Assert.Equal(
            listed.Order(),
            GuestPermissions.ByRole.Values.SelectMany(permissions => permissions).Concat(["can_read on SecurityRestApi", "can_grant_guest_token on SecurityRestApi"]).Order());
    }

    [GeneratedRegex("^### ([a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^Symptoms? ((?:\d+)(?:, \d+)*)", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex("""\("(can_\w+)", "(\w+)"\)""")]
    private static partial Regex Pair();
}
