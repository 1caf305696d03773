namespace EmbedStack.Api.Tests.Stack;

internal static class TestCatalogue
{
    public const string ClinicEmbedded = "11111111-1111-4111-8111-111111111111";
    public const string Yaml = $$"""
        dashboards:
          - key: clinic
            title: Clinic overview
            uuid: aaaaaaaa-0000-4000-8000-000000000001
            embedded_uuid: {{ClinicEmbedded}}
            datasets: [appointments]
            roles: [admin, clinician]
          - key: appointments
            title: Appointments
            uuid: aaaaaaaa-0000-4000-8000-000000000002
            embedded_uuid: 22222222-2222-4222-8222-222222222222
            datasets: [appointments]
            roles: [admin, clinician, staff]
          - key: uncovered
            title: Reaches a dataset that nobody wrote a rule for
            uuid: aaaaaaaa-0000-4000-8000-000000000003
            embedded_uuid: 33333333-3333-4333-8333-333333333333
            datasets: [appointments]
            roles: [admin]
          - key: network
            title: The network's
            uuid: aaaaaaaa-0000-4000-8000-000000000004
            embedded_uuid: 44444444-4444-4444-8444-444444444444
            datasets: [appointments]
            roles: [network]
        row_terms:
          own_clinic: "tenant_id = {tenant}"
          own_staff: "staff_id = {staff}"
        datasets:
          - key: appointments
            uuid: bbbbbbbb-0000-4000-8000-000000000001
            rows:
              admin: [own_clinic]
              clinician: [own_clinic, own_staff]
              staff: [own_clinic]
        """;

    public static Task PublishAsync(TestDatabase database) => database.ExecuteAsync("""
        insert into shared.catalog_ids (kind, key, uuid, id, datasets) values
            ('dashboard', 'clinic', 'aaaaaaaa-0000-4000-8000-000000000001', 1, '{appointments}'),
            ('dashboard', 'appointments', 'aaaaaaaa-0000-4000-8000-000000000002', 2, '{appointments}'),
            ('dashboard', 'uncovered', 'aaaaaaaa-0000-4000-8000-000000000003', 3, '{appointments,salaries}'),
            ('dashboard', 'network', 'aaaaaaaa-0000-4000-8000-000000000004', 4, '{appointments}'),
            ('dataset', 'appointments', 'bbbbbbbb-0000-4000-8000-000000000001', 7, null),
            ('dataset', 'salaries', 'bbbbbbbb-0000-4000-8000-000000000002', 8, null)
        """);

    public static Task AddTenantsAsync(TestDatabase database) => database.ExecuteAsync("""
        insert into shared.tenants (key, name, kind, isolation, database, schema) values
            ('northside', 'Northside Specialist Clinic', 'clinic', 'shared', 'clinic', 'clinic'),
            ('harbour', 'Harbour Day Surgery', 'clinic', 'shared', 'clinic', 'clinic'),
            ('manly', 'Manly Skin and Dermatology', 'clinic', 'schema', 'clinic', 'clinic_manly'),
            ('hurstville', 'Hurstville Orthopaedics', 'clinic', 'database', 'clinic_hurstville', 'clinic'),
            ('lakeland', 'Lakeland Network', 'network', 'schema', 'clinic', 'network')
        """);
}
