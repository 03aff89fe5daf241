//! The Python extension `clw._clw`: converts, calls `clw-core`, converts back.

use pyo3::prelude::*;

#[pymodule]
mod _clw {
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
