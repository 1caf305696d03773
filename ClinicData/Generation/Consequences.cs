namespace EmbedStack.ClinicData.Generation;

/// <summary>What follows from an appointment that took place: invoice, payment, assessment, satisfaction.</summary>
internal sealed class Consequences(
    ClinicProfile profile, IReadOnlyDictionary<string, Habits> habits, ClinicCalendar calendar, Randomness random)
{
    private const int DueDays = 30;
    private const decimal Much = 200;
    private const double Assessed = 0.32;
    private const double Answers = 0.45;

    // What patients think of a building site.
    private const double Noise = 0.7;

    private readonly Punctuality punctuality = new(profile, calendar);

    public void Add(Month month, Appointment appointment)
    {
        month.Invoices.Add(Bill(appointment));
        if (random.Chance(Assessed))
        {
            month.Outcomes.Add(Assess(appointment));
        }
    }

    private Invoice Bill(Appointment appointment)
    {
        var payer = appointment.Patient.Payer;
        var isLate = !random.Chance(profile.Punctual);
        var days = (payer.PaysFrom + random.Below(payer.PaysUntil - payer.PaysFrom + 1)) * (isLate ? 2.5 : 1);
        var neverPays = random.Chance((1 - profile.Punctual) * (payer.Kind is "self" ? 0.5 : 0.12));
        var paysPart = random.Chance(0.02);
        var payments = neverPays ? [] : Payments(appointment, (int)days, paysPart).Where(payment => payment.PaidOn < calendar.ReportingDay).ToArray();
        var status = payments.Sum(payment => payment.Amount) switch
        {
            var paid when paid == appointment.Fee => "paid",
            > 0 => "part_paid",
            _ => appointment.Day.AddDays(DueDays) < calendar.ReportingDay ? "overdue" : "outstanding",
        };
        return new Invoice(appointment, appointment.Day, appointment.Fee, payments, status);
    }

    // Who pays much out of the own pocket and takes time pays half of it half way.
    private static Payment[] Payments(Appointment appointment, int days, bool paysPart)
    {
        var (paidOn, half) = (appointment.Day.AddDays(days), decimal.Round(appointment.Fee / 2, 2));
        return paysPart
            ? [new Payment(paidOn, half)]
            : appointment.Patient.Payer.Kind is "self" && appointment.Fee >= Much && days >= 8
                ? [new Payment(appointment.Day.AddDays(days / 2), half), new Payment(paidOn, appointment.Fee - half)]
                : [new Payment(paidOn, appointment.Fee)];
    }

    private Outcome Assess(Appointment appointment)
    {
        var progress = calendar.Progress(appointment.Day);
        var habit = habits[appointment.Staff.Id].Improves;
        var unit = random.Unit();
        var improves = Math.Clamp(profile.Improves + (profile.ImprovesTrend * progress) + habit + appointment.Service.Improves + Recovery.OfAge(appointment.Age), 0.2, 0.95);
        var result = unit < improves ? "improved" : unit < improves + ((1 - improves) * 0.72) ? "unchanged" : "worse";
        var before = 30 + random.Below(351) / 10m;
        var change = result switch
        {
            "improved" => 5 + (random.Below(251) / 10m),
            "worse" => -4 - (random.Below(121) / 10m),
            _ => (random.Below(61) / 10m) - 3,
        };
        var followUpDue = random.Chance(0.5);
        return new Outcome(
            appointment, result, before, Math.Clamp(before + change, 0, 100), Satisfaction(result, (profile.SatisfactionTrend * progress) + (4 * habit) + Mood(appointment.Day)),
            random.Chance(result == "worse" ? 0.38 : 0.17), followUpDue, followUpDue && random.Chance(punctuality.OfFollowUps(appointment.Day)));
    }

    private double Mood(DateOnly day) =>
        Seasons.Mood(day) - (calendar.Progress(day) is var progress && progress >= profile.Rebuilt.From && progress < profile.Rebuilt.Until ? Noise : 0);

    private short? Satisfaction(string result, double habit)
    {
        if (!random.Chance(Answers))
        {
            return null;
        }

        var mean = profile.Satisfaction + habit + (result switch { "improved" => 0.4, "worse" => -1.6, _ => -0.3 });
        var spread = (random.Unit() + random.Unit() + random.Unit() - 1.5) * 3;
        return (short)Math.Clamp((int)Math.Round(mean + spread), 1, 10);
    }
}
