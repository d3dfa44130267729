"""The settings, and the only reader of the environment: every one is KAOHE_ and its name in capitals."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from scoring.errors import Issue, Place
from services.errors import Rejected

_PROJECT = Path(__file__).resolve().parents[1]


def home() -> Path:
    """Where relative paths of the defaults begin: the project's folder, else the one we stand in."""
    return _PROJECT if (_PROJECT / "rules").is_dir() else Path.cwd()


class Settings(BaseSettings):
    """What an office can set; whatever is not set has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="KAOHE_", frozen=True, extra="forbid")

    database_url: str = Field(
        default_factory=lambda: f"sqlite:///{home() / 'var' / 'kaohe.db'}",
        pattern=r"^(sqlite|postgresql)[+a-z0-9]*:",
        description="sqlite:///文件 或 postgresql+psycopg://…",
    )
    rules_dir: Path = Field(default_factory=lambda: home() / "rules", description="规则集所在的目录")
    host: str = Field(default="127.0.0.1", min_length=1, description="服务监听的地址")
    port: int = Field(default=8000, ge=0, le=65535, description="服务监听的端口;0 = 任何空闲的")
    key: str = Field(default="", repr=False, description="命令行的操作者的密钥")
    demo: bool = Field(default=False, description="演示:网页不用登录即可查看")


def read_settings() -> Settings:
    """The settings of this environment; raises Rejected with every one that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        raise Rejected(
            _issue(str(part["loc"][0]), str(part.get("input", ""))) for part in error.errors()
        ) from None


def _issue(name: str, found: str) -> Issue:
    field = Settings.model_fields.get(name)
    variable = f"KAOHE_{name.upper()}"
    wanted = field.description if field and field.description else ""
    return Issue(
        code="bad-setting",
        zh=f"环境变量 {variable} 的值不能用,应是:{wanted}",
        en=f"{variable} has a value that cannot be used",
        place=Place(file=variable),
        # An address may hold a password; a key is one.
        found="" if name in {"database_url", "key"} else found,
        expected=wanted,
    )
