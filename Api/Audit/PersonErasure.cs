using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Erases a person: from the audit, and from what is kept here. Sessions end with their guest tokens. What was refused to the
/// person stays refused: nobody comes back by being erased. What was done before and is written later is nobody's.
/// </summary>
internal sealed class PersonErasure(NpgsqlDataSource database, PersonRegister register, RevocationSource source)
{
    // The audit's keys are locked last: a session may have to be waited for, and nobody's row for that.
    private const string Erase = $"""
        with gone as (
            delete from api.sessions where subject = $1 returning id
        ), forgotten as (
            delete from api.persons where subject = $1
        ), views as (
            delete from api.saved_views where subject = $1
        ), grants as (
            delete from api.edge_grants where subject = $1
        ), ended as (
            select id from gone union select $2::uuid
        ), revoked as (
            {RevocationStore.RevokeEnded}
        )
        select audit.erase_person($1) from (select count(*) from gone) as sessions
        """;

    public async Task EraseAsync(string subject)
    {
        // Begun, it ends, whoever hangs up.
        await database.QueryAsync(Erase, [subject, BearerSession.IdOf(subject)], row => row.GetBoolean(0), CancellationToken.None);
        register.Forget(subject);
        await source.RefreshAsync();
    }

    public async Task<bool> IsKnownAsync(string subject, CancellationToken cancellationToken) =>
        await database.QueryAsync("select audit.person($1) is not null or exists (select from api.persons where subject = $1)", [subject], row => row.GetBoolean(0), cancellationToken) is [true];
}
