def version(stack):
    sql = "SELECT coalesce(max(version), 0) FROM shared.data_version WHERE name = 'superset'"
    return stack.query("embedstack", sql)[0][0]


def test_commit_of_a_changed_asset_raises_the_version_once(app, stack):
    from superset.extensions import db
    from superset.models.slice import Slice

    before = version(stack)
    chart = db.session.query(Slice).first()
    original = chart.description
    chart.description = "changed"
    db.session.flush()
    assert version(stack) == before
    db.session.commit()
    assert version(stack) == before + 1
    chart.description = original
    db.session.commit()
    assert version(stack) == before + 2


def test_rollback_and_unchanged_values_do_not(app, stack):
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    before = version(stack)
    dashboard = db.session.query(Dashboard).first()
    dashboard.css = "body{}"
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    dashboard.css = dashboard.css
    db.session.commit()
    assert version(stack) == before


def test_metric_of_a_dataset_counts_as_an_asset(app, stack):
    from superset.connectors.sqla.models import SqlMetric
    from superset.extensions import db

    before = version(stack)
    metric = db.session.query(SqlMetric).first()
    original = metric.description
    metric.description = "changed"
    db.session.commit()
    assert version(stack) > before
    metric.description = original
    db.session.commit()
