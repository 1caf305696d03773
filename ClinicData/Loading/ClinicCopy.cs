using EmbedStack.ClinicData.Generation;
using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>Writes one generated clinic by binary COPY, month by month, into the schema on the search path.</summary>
internal sealed class ClinicCopy(NpgsqlConnection connection, GeneratedClinic clinic, DateOnly reportingDay)
{
    private const int RowsAtOnce = 30_000;

    private readonly string tenant = clinic.Tenant.Key;
    private readonly string name = clinic.Tenant.Name;

    /// <returns>The number of appointments.</returns>
    public long Write(CancellationToken cancellation)
    {
        WritePeople();
        WritePatients(clinic.FirstPatients);
        var appointments = 0L;
        foreach (var part in Parts())
        {
            cancellation.ThrowIfCancellationRequested();
            WritePatients(part.NewPatients);
            WriteAppointments(part.Appointments);
            WriteInvoices(part.Invoices);
            WritePayments(part.Invoices);
            WriteOutcomes(part.Outcomes);
            WriteShifts(part.Shifts);
            appointments += part.Appointments.Count;
        }

        return appointments;
    }

    // As many months at a time as memory holds without thinking of it.
    private IEnumerable<Month> Parts()
    {
        var part = new Month();
        foreach (var month in clinic.Months())
        {
            part.Append(month);
            if (part.Appointments.Count >= RowsAtOnce)
            {
                yield return part;
                part = new Month();
            }
        }

        yield return part;
    }

    private void WritePeople()
    {
        Copy("clinics (tenant_id, name, region, opened_on)", [clinic], (row, _) =>
            row.Text(tenant).Text(name).Text(clinic.Profile.Region).Date(clinic.OpenedOn));
        Copy("staff (tenant_id, staff_id, name, speciality, kind, started_on)", clinic.Staff, (row, member) =>
            row.Text(tenant).Text(member.Id).Text(member.Name).Text(member.Speciality).Text(member.Kind).Date(member.StartedOn));
        Copy("services (tenant_id, service_id, name, category, duration_minutes, fee)", clinic.Services, (row, service) =>
            row.Text(tenant).Int(service.Id).Text(service.Name).Text(service.Category).Int(service.DurationMinutes).Money(service.Fee));
        Copy("payers (tenant_id, payer_id, name, kind)", clinic.Payers, (row, payer) =>
            row.Text(tenant).Int(payer.Id).Text(payer.Name).Text(payer.Kind));
    }

    private void WritePatients(IReadOnlyCollection<Patient> patients)
    {
        Copy("patients (tenant_id, patient_id, name, birth_year, suburb)", patients, (row, patient) =>
            row.Text(tenant).Long(patient.Id).Text(patient.Name).Short(patient.BirthYear).Text(patient.Suburb));
        Copy(
            "staff_assignments (tenant_id, patient_id, staff_id)",
            patients.SelectMany(patient => patient.Clinicians, (patient, member) => (Patient: patient, Staff: member)),
            (row, pair) => row.Text(tenant).Long(pair.Patient.Id).Text(pair.Staff.Id));
    }

    private void WriteAppointments(IEnumerable<Appointment> appointments) => Copy(
        """
        appointments (starts_at, appointment_date, days_ahead, weekday, hour, duration_minutes, tenant_id, clinic_name,
            appointment_id, staff_id, staff_name, speciality, patient_id, patient_age_band, is_new_patient, service_name,
            service_category, payer_name, payer_kind, booking_channel, booked_days_ahead, status, fee, room, note_on_time)
        """,
        appointments,
        (row, visit) => row
            .Timestamp(visit.StartsAt).Date(visit.Day).Int(DaysAhead(visit.Day)).Text(Weekdays.Of(visit.Day))
            .Short((short)visit.StartsAt.Hour).Int(visit.Service.DurationMinutes).Text(tenant).Text(name).Long(visit.Id)
            .Text(visit.Staff.Id).Text(visit.Staff.Name).Text(visit.Staff.Speciality).Long(visit.Patient.Id).Text(visit.AgeBand)
            .Flag(visit.IsNewPatient).Text(visit.Service.Name).Text(visit.Service.Category).Text(visit.Patient.Payer.Name)
            .Text(visit.Patient.Payer.Kind).Text(visit.Channel).Int(visit.BookedDaysAhead).Text(visit.Status).Money(visit.Fee)
            .Text(visit.Room).Short(visit.NoteOnTime));

    private void WriteInvoices(IEnumerable<Invoice> invoices) => Copy(
        """
        invoices (invoiced_on, tenant_id, clinic_name, invoice_id, appointment_id, staff_id, staff_name, speciality, patient_id,
            service_name, service_category, payer_name, payer_kind, amount, paid_amount, days_to_pay, payment_status, clinical_minutes)
        """,
        invoices,
        (row, invoice) => row
            .Date(invoice.InvoicedOn).Text(tenant).Text(name).Long(invoice.Appointment.Id).Long(invoice.Appointment.Id)
            .Text(invoice.Appointment.Staff.Id).Text(invoice.Appointment.Staff.Name).Text(invoice.Appointment.Staff.Speciality)
            .Long(invoice.Appointment.Patient.Id).Text(invoice.Appointment.Service.Name).Text(invoice.Appointment.Service.Category)
            .Text(invoice.Appointment.Patient.Payer.Name).Text(invoice.Appointment.Patient.Payer.Kind).Money(invoice.Amount)
            .Money(invoice.PaidAmount).Int(invoice.DaysToPay).Text(invoice.Status).Int(invoice.Appointment.Service.DurationMinutes));

    private void WritePayments(IEnumerable<Invoice> invoices) => Copy(
        "payments (paid_on, tenant_id, invoice_id, patient_id, staff_id, amount)",
        invoices.SelectMany(invoice => invoice.Payments, (invoice, payment) => (invoice.Appointment, payment)),
        (row, paid) => row
            .Date(paid.payment.PaidOn).Text(tenant).Long(paid.Appointment.Id).Long(paid.Appointment.Patient.Id)
            .Text(paid.Appointment.Staff.Id).Money(paid.payment.Amount));

    private void WriteOutcomes(IEnumerable<Outcome> outcomes) => Copy(
        """
        outcomes (recorded_on, tenant_id, clinic_name, assessment_id, appointment_id, staff_id, staff_name, speciality,
            patient_id, patient_age_band, service_name, service_category, outcome, score_before, score_after,
            satisfaction, returned_within_30_days, follow_up_due, follow_up_on_time)
        """,
        outcomes,
        (row, found) => row
            .Date(found.Appointment.Day).Text(tenant).Text(name).Long(found.Appointment.Id).Long(found.Appointment.Id)
            .Text(found.Appointment.Staff.Id).Text(found.Appointment.Staff.Name).Text(found.Appointment.Staff.Speciality)
            .Long(found.Appointment.Patient.Id).Text(found.Appointment.AgeBand).Text(found.Appointment.Service.Name)
            .Text(found.Appointment.Service.Category).Text(found.Result).Money(found.ScoreBefore).Money(found.ScoreAfter)
            .Short(found.Satisfaction).Flag(found.Returned).Flag(found.FollowUpDue).Flag(found.FollowUpOnTime));

    private void WriteShifts(IEnumerable<Shift> shifts) => Copy(
        """
        shifts (worked_on, days_ahead, tenant_id, clinic_name, staff_id, staff_name, speciality, weekday, rostered_minutes,
            worked_minutes, booked_minutes, clinical_minutes, overtime_minutes, appointments, completed)
        """,
        shifts,
        (row, shift) => row
            .Date(shift.Day).Int(DaysAhead(shift.Day)).Text(tenant).Text(name).Text(shift.Staff.Id).Text(shift.Staff.Name)
            .Text(shift.Staff.Speciality).Text(Weekdays.Of(shift.Day)).Int(shift.RosteredMinutes).Int(shift.WorkedMinutes)
            .Int(shift.BookedMinutes).Int(shift.ClinicalMinutes).Int(shift.OvertimeMinutes).Int(shift.Appointments).Int(shift.Completed));

    private int DaysAhead(DateOnly day) => day.DayNumber - reportingDay.DayNumber;

    // Synchronous: a million awaits of what is already in the buffer cost more than the rows.
    private void Copy<T>(string target, IEnumerable<T> rows, Action<CopyRow, T> write)
    {
        using var copy = connection.BeginBinaryImport($"copy {target} from stdin (format binary)");
        var row = new CopyRow(copy);
        foreach (var item in rows)
        {
            copy.StartRow();
            write(row, item);
        }

        copy.Complete();
    }
}
