namespace Aspire.Hosting.Keycloak;

internal static class KeycloakContainerImageTags
{
    internal const string Registry = "quay.io";

    internal const string Image = "keycloak/keycloak";

    internal const string Tag = "26.6";

    // The image's own user, who must be able to read what is copied in.
    internal const int ContainerUser = 1000;
}
