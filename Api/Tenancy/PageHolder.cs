using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Tenancy;

/// <summary>
/// Whom a page of the app was made for. Cookies are the whole browser's: by the time a page asks again, somebody else may have
/// signed in by another window. Each answer names its person by a tag, and a request that names another is not answered.
/// </summary>
internal static class PageHolder
{
    public const string Header = "X-Person";
    private const int Bytes = 16;

    /// <summary>The same for the same person with the same rows, and nothing to whoever does not know them.</summary>
    public static string TagOf(Person person) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Subject}\n{person.DataIdentity}")).AsSpan(0, Bytes));

    public static bool IsAnother(HttpRequest request, Person person) =>
        request.Headers.TryGetValue(Header, out var named) && named != TagOf(person);
}
