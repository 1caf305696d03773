using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class NobodyCanSignIn() : StackCheck(
    "sign-in",
    "The sign-in fails, or leads back to itself.",
    "Keycloak does not take a client's secret, or the Api does not take what Keycloak says of a person: no organization, no single role, another audience.",
    "Reconcile the realm from the Aspire dashboard; ./embedstack rotate finishes a client secret's rotation that was interrupted.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var signIn = await stack.Guests.SignIn;
        if (signIn.Status != 200)
        {
            return Verdict.Found($"Keycloak refused a client's credentials: {signIn.Status}");
        }

        var listed = await stack.Guests.Listed;
        return listed switch
        {
            { Status: 200 } => Verdict.Ok,
            { Status: 401 or 403 } => Verdict.Found($"the Api refused who signed in at Keycloak: {listed.Status} {listed.Problem}"),
            { Problem: "identity-unavailable" } => Verdict.Found("the Api cannot ask Keycloak: its address or its client's secret is another one"),
            _ => throw new NotExaminedException($"the Api answered {listed.Status} {listed.Problem}"),
        };
    }
}
