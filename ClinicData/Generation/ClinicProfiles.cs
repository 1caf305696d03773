namespace EmbedStack.ClinicData.Generation;

/// <summary>The network's clinics, each of its own speciality, size and story.</summary>
internal static class ClinicProfiles
{
    private static readonly ClinicProfile Other = new("Sydney", 6,
    [
        new("General consultation", "General medicine", 20, 110m, 3),
        new("Care plan", "General medicine", 40, 190m),
        new("Vaccination", "Prevention", 15, 60m),
        new("Health check", "Prevention", 45, 210m),
    ]);

    private static readonly Dictionary<string, ClinicProfile> ByTenant = new()
    {
        // The flagship: many specialities, always full; reminders keep more and more patients from forgetting. It was rebuilt.
        ["northside"] = new("North", 26,
        [
            new("Cardiology consultation", "Cardiology", 30, 260m, 3),
            new("Echocardiogram", "Cardiology", 45, 420m),
            new("Skin check", "Dermatology", 20, 165m, 2),
            new("Mole removal", "Dermatology", 40, 390m),
            new("Diabetes review", "Endocrinology", 30, 190m, 2),
            new("Thyroid consultation", "Endocrinology", 30, 210m),
            new("Physiotherapy session", "Physiotherapy", 30, 115m, 3),
            new("Rehabilitation plan", "Physiotherapy", 60, 180m),
        ])
        { Booked = 0.98, NoShows = 0.085, NoShowsTrend = -0.045, Improves = 0.70, ImprovesTrend = 0.04, Satisfaction = 8.3, SatisfactionTrend = 0.5, Rebuilt = (0.36, 0.50), OpenOnSaturday = true },

        // Few and dear procedures.
        ["harbour"] = new("Central", 13,
        [
            new("Cataract surgery", "Ophthalmology", 45, 780m, 2),
            new("Eye assessment", "Ophthalmology", 25, 190m, 2),
            new("Colonoscopy", "Endoscopy", 45, 640m),
            new("Gastroscopy", "Endoscopy", 30, 430m, 2),
            new("Carpal tunnel release", "Hand surgery", 60, 860m),
            new("Pre-operative assessment", "Hand surgery", 30, 180m, 2),
        ])
        { NoShows = 0.03, Cancellations = 0.10, NewPatients = 0.30, Improves = 0.84, Satisfaction = 8.9, Payers = (1, 7, 0.5, 1.5), OldestBirthYear = 1934, YoungestBirthYear = 1995 },

        ["parramatta"] = new("West", 20,
        [
            new("Cardiac consultation", "General cardiology", 30, 275m, 4),
            new("ECG and review", "General cardiology", 20, 145m, 2),
            new("Echocardiogram", "Cardiac imaging", 40, 430m, 2),
            new("Stress echocardiogram", "Cardiac imaging", 50, 560m),
            new("Pacemaker check", "Electrophysiology", 25, 240m, 2),
            new("Arrhythmia consultation", "Electrophysiology", 40, 340m),
        ])
        { Booked = 0.96, OldestBirthYear = 1932, YoungestBirthYear = 1990, Payers = (6, 3, 0.2, 0.8), Improves = 0.60, ImprovesTrend = 0.07, Satisfaction = 8.3 },

        ["bondi"] = new("East", 12,
        [
            new("Sports physician consultation", "Sports medicine", 30, 185m, 3),
            new("Injury assessment", "Sports medicine", 40, 220m),
            new("Physiotherapy session", "Physiotherapy", 30, 120m, 4),
            new("Return-to-sport test", "Physiotherapy", 45, 165m),
        ])
        { OpenOnSaturday = true, NewPatients = 0.18, Payers = (1.5, 4, 1, 3.5), OldestBirthYear = 1955, YoungestBirthYear = 2010, NoShows = 0.07, Improves = 0.80, Satisfaction = 8.9 },

        ["chatswood"] = new("North", 15,
        [
            new("Comprehensive eye exam", "Ophthalmology", 25, 210m, 3),
            new("Retinal imaging", "Retina", 20, 190m, 2),
            new("Intravitreal injection", "Retina", 25, 410m, 2),
            new("Glaucoma review", "Glaucoma", 25, 205m, 2),
            new("Laser trabeculoplasty", "Glaucoma", 40, 780m),
        ])
        { Booked = 0.97, OldestBirthYear = 1932, YoungestBirthYear = 1998, NoShows = 0.05, Improves = 0.73, FeesTrend = 0.12 },

        ["liverpool"] = new("South-west", 13,
        [
            new("Pain consultation", "Pain medicine", 40, 290m, 2),
            new("Nerve block", "Pain medicine", 45, 640m),
            new("Rehabilitation session", "Rehabilitation", 40, 150m, 4),
            new("Functional assessment", "Rehabilitation", 60, 260m),
        ])
        { NoShows = 0.10, NoShowsTrend = -0.02, Payers = (2.5, 1.5, 5, 1), Improves = 0.50, ImprovesTrend = 0.05, Satisfaction = 7.7, SatisfactionTrend = 0.3, Punctual = 0.90 },

        ["penrith"] = new("West", 15,
        [
            new("Gynaecology consultation", "Gynaecology", 30, 230m, 3),
            new("Colposcopy", "Gynaecology", 35, 360m),
            new("Antenatal visit", "Obstetrics", 25, 140m, 4),
            new("Obstetric ultrasound", "Obstetrics", 35, 290m, 2),
            new("Menopause clinic", "Women's health", 40, 240m),
        ])
        { Trend = 0.03, OldestBirthYear = 1955, YoungestBirthYear = 2006, NewPatients = 0.14, NoShows = 0.055, Improves = 0.75, Satisfaction = 8.8 },

        ["manly"] = new("North", 11,
        [
            new("Skin cancer check", "Dermatology", 20, 175m, 4),
            new("Biopsy", "Dermatology", 30, 280m, 2),
            new("Excision", "Skin surgery", 45, 620m, 2),
            new("Laser treatment", "Cosmetic dermatology", 30, 420m),
        ])
        { OpenOnSaturday = true, NewPatients = 0.16, Payers = (3, 3, 0.1, 3.9), Improves = 0.79, Satisfaction = 8.7, FeesTrend = 0.15 },

        // Long sessions; the smallest, and in small data too small for a benchmark of its own.
        ["newtown"] = new("Inner west", 9,
        [
            new("Psychology session", "Psychology", 50, 240m, 5),
            new("Initial assessment", "Psychology", 80, 380m),
            new("Psychiatry review", "Psychiatry", 30, 310m, 3),
        ])
        { FewestClinicians = 4, NoShows = 0.10, Cancellations = 0.09, NewPatients = 0.05, OldestBirthYear = 1950, YoungestBirthYear = 2008, Payers = (5, 2, 0.5, 2.5), Improves = 0.59, Satisfaction = 8.2 },

        ["hurstville"] = new("South", 15,
        [
            new("Orthopaedic consultation", "Orthopaedics", 25, 260m, 4),
            new("Fracture clinic", "Orthopaedics", 20, 170m, 2),
            new("Joint injection", "Orthopaedics", 30, 340m),
            new("Spine consultation", "Spinal surgery", 40, 320m, 2),
            new("Post-operative review", "Spinal surgery", 20, 130m, 2),
        ])
        { Booked = 0.96, Payers = (2.5, 5, 1.5, 1), OldestBirthYear = 1936, NoShows = 0.05, Improves = 0.72, ImprovesTrend = -0.04, SatisfactionTrend = -0.3 },

        // In trouble: emptier every month, patients stay away and fare worse, fees fall and come late.
        ["blacktown"] = new("West", 17,
        [
            new("Family consultation", "Family medicine", 20, 68m, 5),
            new("Chronic disease plan", "Family medicine", 40, 145m),
            new("Child health check", "Paediatrics", 30, 98m, 2),
            new("Asthma review", "Paediatrics", 30, 92m),
            new("Mental health plan", "Family medicine", 40, 135m),
        ])
        {
            Booked = 0.86, Trend = -0.20, NoShows = 0.09, NoShowsTrend = 0.06, FeesTrend = -0.14, Cancellations = 0.12, NewPatients = 0.06, YoungestBirthYear = 2024,
            Payers = (8, 0.7, 0.3, 1), Improves = 0.56, ImprovesTrend = -0.14, Satisfaction = 7.5, SatisfactionTrend = -1.2, Punctual = 0.74, PunctualTrend = -0.06,
        },

        // Opened half way through the history.
        ["wollongong"] = new("Illawarra", 13,
        [
            new("Cardiology consultation", "Cardiology", 30, 250m, 3),
            new("Holter monitoring", "Cardiology", 20, 180m),
            new("Respiratory consultation", "Respiratory", 30, 240m, 2),
            new("Lung function test", "Respiratory", 30, 190m),
            new("Rheumatology consultation", "Rheumatology", 35, 255m, 2),
        ])
        { OpensAt = 0.45, Booked = 0.94, NewPatients = 0.25, Trend = 0.06, Improves = 0.66, ImprovesTrend = 0.06, Satisfaction = 8.6 },
    };

    public static ClinicProfile For(string tenant) => ByTenant.GetValueOrDefault(tenant, Other);
}
