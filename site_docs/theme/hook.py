"""The public site's way into MkDocs: hands every step to `portal.publishing.site`."""
from datetime import date

from portal.publishing import site


def on_config(config):
    if "site" not in config.extra:  # `mkdocs build` by hand: the sample county, which no other build loads
        from portal.publishing import county_edition
        from portal.rules.guide import yaml
        from portal.sample.county import county, guide_files

        files = [(file.name.removesuffix(".yaml"), yaml.load(file.read_text("utf-8"))) for file in guide_files()]
        config.extra["site"] = site.Site(county_edition.edition(county(), files, "http://localhost:8000", date.today()))


def on_files(files, config):
    return site.without_theme_assets(files)


def on_page_markdown(markdown, page, config, files):
    return config.extra["site"].fill_in(markdown, page)


def on_page_context(context, page, config, nav):
    return config.extra["site"].context(context, page)


def on_template_context(context, template_name, config):
    return config.extra["site"].error_context(context, template_name)


def on_env(env, config, files):
    config.extra["site"].env = env


def on_post_build(config):
    config.extra["site"].write(config)
